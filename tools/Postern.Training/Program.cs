using Postern.Training;

// --data DIR --tree REPOSITORY --benign DIR[:DIR…] [--corpus DIR] [--pieces N] [--calibrate N] [--out FILE] [--show FILE] [--no-cross 1] [--census 1]
var options = args.Chunk(2).Where(static pair => pair.Length == 2).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
foreach (var needed in (string[])["--data", "--tree", "--benign"])
{
    if (!options.ContainsKey(needed))
    {
        Console.Error.WriteLine($"{needed} is missing");
        return 2;
    }
}

var run = new TrainingRun(options);
if (options.ContainsKey("--census"))
{
    run.Count();
}
else
{
    run.Train();
}

return 0;
