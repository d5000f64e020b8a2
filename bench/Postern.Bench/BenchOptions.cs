namespace Postern.Bench;

/// <summary>What stands behind a benchmark's name on the command line.</summary>
/// <param name="Data">A folder of development data; null for generated text.</param>
/// <param name="Benign">A folder of ordinary files, at any depth; null for none.</param>
/// <param name="Verbose">Name every miss and every false alarm.</param>
/// <param name="Only">Only the texts whose name contains this; empty for all.</param>
internal sealed record BenchOptions(string? Data, string? Benign, bool Verbose, string Only)
{
    public static BenchOptions Parse(string[] args) => new(After(args, "--data"), After(args, "--benign"), args.Contains("--verbose"), After(args, "--only") ?? string.Empty);

    private static string? After(string[] args, string option) =>
        Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
