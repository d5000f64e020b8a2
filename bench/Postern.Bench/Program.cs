using Postern.Bench;

return BenchTable.Run(args);
