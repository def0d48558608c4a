"""Asking the server: one request, its answer held against what openapi.json announces for it."""
import http.client
import json
import re
from urllib.parse import quote, urlencode

from schema import answer_schema, faults, named

# What any address may say before its route is reached: not from here, not that way, too much, too many.
BEFORE_THE_ROUTE = {403, 405, 413, 431, 503}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def __str__(self):
        return "%d %s" % (self.status, self.body[:300].decode("utf-8", "replace"))


class Client:
    def __init__(self, server, timeout=30):
        self.server, self.timeout = server, timeout
        self.api = None
        self.seen = set()  # (method, path of the description, status)

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=self.timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def describe(self):
        self.api = self.request("GET", "/api/v1/openapi.json").json()
        return self.api

    def pattern(self, path):
        """The path of the description that this address stands for."""
        bare = path.split("?")[0]
        return next((p for p in self.api["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", p), bare)), None)

    def announced(self, method, pattern, status):
        """The types in which the description announces this answer."""
        route = self.api["paths"].get(pattern, {}).get(method.lower(), {})
        return route.get("responses", {}).get(str(status), {}).get("content", {})

    def faults(self, method, path, answer):
        """Where the answer is not what the description announces."""
        type = answer.headers.get("Content-Type", "").split(";")[0]
        pattern = self.pattern(path)
        if type == "application/octet-stream" and type in self.announced(method, pattern, answer.status):
            self.seen.add((method, pattern, answer.status))
            return []
        if type != "application/json":
            return ["the type is %s" % answer.headers.get("Content-Type")]
        schema = pattern and answer_schema(self.api, method, pattern, answer.status) if pattern and method.lower() in self.api["paths"][pattern] else None
        if schema is None:
            announced = answer.status in BEFORE_THE_ROUTE or (pattern is None and answer.status == 404)
            return list(faults(self.api, named(self.api, "Error"), answer.json())) if announced else ["status %d is not announced" % answer.status]
        self.seen.add((method, pattern, answer.status))
        return list(faults(self.api, schema, answer.json()))

    def ask(self, check, what, method, path, status, body=None, headers=None):
        """Asks, and checks status and form. status: one, or several that may be."""
        if isinstance(body, (dict, list)):
            body = json.dumps(body, ensure_ascii=False).encode()
        answer = self.request(method, path, body, headers)
        check("%s: status %s" % (what, status), answer.status in (status if isinstance(status, tuple) else (status,)), answer)
        wrong = self.faults(method, path, answer)
        check("%s: as announced" % what, not wrong, "; ".join(wrong[:3]) + " " + str(answer))
        return answer

    def get(self, path, **query):
        answer = self.request("GET", "/api/v1" + path + ("?" + urlencode(query) if query else ""))
        if answer.status != 200:
            raise AssertionError("%s: %s" % (path, answer))
        return answer.json()

    def match(self, text, **more):
        answer = self.request("POST", "/api/v1/match", json.dumps(dict(more, text=text)).encode())
        return answer

    def upload(self, name, data):
        return self.request("POST", "/api/v1/documents?name=" + quote(name), data)
