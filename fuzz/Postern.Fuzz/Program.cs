using System.Diagnostics;
using System.Globalization;
using Postern.Fuzz;
using Postern.Fuzz.Targets;

// postern-fuzz [--seconds N] [--seed N] [--target NAME] [--input FILE]
//
// Feeds every reader of strangers' bytes with mutated inputs, guided by which code they reach. Exit code 1 when one breaks: the input
// is printed, and kept in a file that --input runs again.
const string InstrumentedMark = "POSTERN_FUZZ_INSTRUMENTED";

var seconds = int.Parse(Option("--seconds") ?? "5", CultureInfo.InvariantCulture);
var seed = int.Parse(Option("--seed") ?? "1", CultureInfo.InvariantCulture);
var wanted = Option("--target");
var targets = FuzzTargets.All.Where(target => wanted is null || target.Name == wanted).ToList();
if (targets.Count == 0)
{
    Console.Error.WriteLine($"no such target; there are: {string.Join(' ', FuzzTargets.All.Select(static target => target.Name))}");
    return 2;
}

if (Option("--input") is { } file)
{
    targets.ForEach(target => target.Run(File.ReadAllBytes(file)));
    return 0;
}

return Environment.GetEnvironmentVariable(InstrumentedMark) is null ? await RunInstrumentedAsync() : targets.ConvertAll(Passes).TrueForAll(static passes => passes) ? 0 : 1;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

async Task<int> RunInstrumentedAsync()
{
    var folder = Directory.CreateTempSubdirectory("postern-fuzz-").FullName;
    try
    {
        Instrumentation.Copy(folder, "Postern.Engine", "Postern.Transports");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Postern.Fuzz.dll"), .. args]);
        start.Environment[InstrumentedMark] = "1";
        using var child = Process.Start(start)!;
        await child.WaitForExitAsync();
        return child.ExitCode;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

bool Passes(IFuzzTarget target)
{
    var hunt = new Hunt(target, seed);
    var limit = TimeSpan.FromSeconds((2 * seconds) + 60);
    using var stuck = new Timer(_ => GiveUp(target, hunt), null, limit, Timeout.InfiniteTimeSpan);
    hunt.Run(TimeSpan.FromSeconds(seconds));
    if (hunt.Culprit is null)
    {
        Console.WriteLine($"{target.Name}: {hunt.Runs} inputs, {Coverage.Edges} edges, {hunt.Kept} kept");
        return true;
    }

    Report(target, hunt.Culprit, hunt.Breakage);
    return false;
}

static void GiveUp(IFuzzTarget target, Hunt hunt)
{
    Report(target, hunt.Running, "does not end");
    Environment.Exit(1);
}

static void Report(IFuzzTarget target, byte[] input, string breakage)
{
    var path = Path.Combine(Path.GetTempPath(), $"postern-fuzz-{target.Name}.bin");
    File.WriteAllBytes(path, input);
    Console.WriteLine($"BROKEN {target.Name}: {breakage}\n  input: {path}\n  base64: {Convert.ToBase64String(input)}");
}
