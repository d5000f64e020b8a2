var data = Array.IndexOf(args, "--data") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
if (args.Contains("views")) { Postern.Bench.Views.ViewsBench.Run(data); }
return 0;
