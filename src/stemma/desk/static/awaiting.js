// A record that is being merged: looks again every two seconds until it is there.
"use strict";

setTimeout(() => location.reload(), 2000);
