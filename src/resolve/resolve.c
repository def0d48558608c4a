#include "resolve/resolve.h"
