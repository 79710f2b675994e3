# SPDX-License-Identifier: GPL-2.0
"""What tests/static/checks/python.sh must find."""

import json

print(nothing) 
print("a line that is wider than a hundred columns, which is more than any line of code here may have")
