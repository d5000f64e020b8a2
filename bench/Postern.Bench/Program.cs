Postern.Bench.Matching.MatchingBench.Run(args is ["--data", var directory] ? directory : null);
return 0;
