// The program says in English why it refuses. Here are its reasons in Chinese; what is not known is shown as it was said.
import type { Language } from "./words";

const reasons: Array<[english: RegExp, zh: string]> = [
  [/^the file is empty/, "文件是空的"],
  [/^no text was found/, "文件里没有读到文字"],
  [/holds NUL bytes|control characters/, "这不是文本文件，请另存为 UTF-8 纯文本"],
  [/^the text is in no encoding known here/, "认不出文字编码，请另存为 UTF-8"],
  [/^no reader for this kind of file; read are (.*)/s, "这一版还读不了这种文件，可以读的有 $1"],
  [/^(\d+) files inside were not read; the first, (.*?): /s, "里面有 $1 个文件没有读入，第一个是 $2"],
  [/^(.*) inside was not read: /s, "里面的 $1 没有读入"],
  [/^(.*) needs (LibreOffice|tesseract): install (.*), or (.*)$/s, "读这种文件要用 $2：请安装 $3，或另存为新格式"],
  [/^(LibreOffice|tesseract) (could not read|found no text|needs more than)/, "$1 没能读出这个文件，请打开后另存为新格式"],
  [/protected by a password/, "文件有密码，请去掉密码后再试"],
  [/^this kind of XML is not known/, "不认识这种 XML，请导出为 CSV、JSON 或文本"],
  [/^it is no (mail|ZIP archive)/, "文件不是它名字所说的种类，请重新保存"],
  [/no ordinary document$|unpack to over|holds over \d+ files|packed deeper/, "压缩包太大、太多或套得太深，请解开后读入文件夹"],
  [/^(.*) is not read by this version/, "这一版还读不了 $1 文件，请另存为 txt、html 或 csv"],
  [/^the file is over (\d+) MB/, "文件超过 $1 MB，请拆分"],
  [/^the file is larger than (\d+) (MB|GB)/, "文件超过 $1 $2，请拆分"],
  [/^the file holds over (\d+) MB of text/, "文字超过 $1 MB，请拆分"],
  [/^needs more than the allowed (\d+) MB/, "读它要用超过 $1 MB 内存，请拆分"],
  [/^the reader tried/, "这个文件想做读文件不该做的事，没有读入"],
  [/nested too deeply/, "页面嵌套太深，请另存为纯文本"],
  [/over (\d+) cells/, "表格超过 $1 个单元格，请拆分文件"],
  [/^holds more than (\d+) names and facts/, "一份资料里超过 $1 条姓名和事实，请拆分"],
  [/needs more memory/, "内容太多，一次读不完，请拆分"],
  [/^(\d+) needs are kept; close some first/, "已关注 $1 条需求，请先停掉一些"],
  [/^the need is empty/, "请先写下需求"],
  [/^there is no need with this id|^there is no such need/, "没有这条需求"],
  [/^too many requests wait/, "正忙，请稍候再试"],
  [/^these two are already one/, "这两条已经是同一条"],
  [/^a (\w+) and a (\w+) cannot be one/, "类别不同，不能合并"],
  [/^a later decision stands on this one/, "后来还有别的判断压在它上面，请先撤销后来的"],
  [/has been joined since/, "拆开的部分后来又合并过，请先撤销那次合并"],
  [/^there is no decision of this number/, "这个判断已经撤销过了"],
  [/^somebody must stay/, "至少要留下一处"],
  [/^each must be named once|^these are not all of/, "资料刚刚变过，请刷新后再选"],
  [/^there is nothing with this id|no such/, "没有这一条"],
];

export function refusal(language: Language, message: string): string {
  if (language === "en") return message;
  for (const [english, zh] of reasons) {
    const found = english.exec(message);
    if (found) return zh.replace(/\$(\d)/g, (_, n: string) => found[Number(n)] ?? "");
  }
  return message;
}
