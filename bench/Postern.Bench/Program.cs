if (args is ["matching", .. var rest]) Postern.Bench.Matching.MatchingBench.Run(rest is ["--data", var data] ? data : null);
return 0;
