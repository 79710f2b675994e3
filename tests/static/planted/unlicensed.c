int unlicensed;
