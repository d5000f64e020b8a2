if (args is ["url", ..]) { Postern.Bench.Destination.UrlBench.Run(); }
return 0;
