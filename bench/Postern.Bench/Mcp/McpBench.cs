using Postern.Bench.Proxy;

namespace Postern.Bench.Mcp;

/// <summary>What <c>postern mcp proxy</c> adds to the round trip of a tool call over standard input and output.</summary>
internal static class McpBench
{
    private const string Words = "the quick brown fox jumps over the lazy dog and then some more words follow ";

    /// <summary>Prints a table.</summary>
    public static void Run()
    {
        using var home = new BenchHome();
        Console.WriteLine("call               direct µs   wrapped µs   added µs   MiB");
        Row(home, "small", ("hi", "ok"), 3000);
        Row(home, "10 KiB argument", (Text(10), "ok"), 1000);
        Row(home, "100 KiB argument", (Text(100), "ok"), 500);
        Row(home, "10 KiB result", ("hi", Text(10)), 1000);
        Row(home, "100 KiB result", ("hi", Text(100)), 500);
    }

    private static void Row(BenchHome home, string name, (string Argument, string Result) says, int calls)
    {
        // Whatever it is called with, it answers with the same text under the same id, which stands first. Regular expressions of sed are slow on long lines, so a first command cuts them.
        var script = home.Keep("echo.sed", "s/,.*//\ns/{\"id\":\\([0-9]*\\)/{\"jsonrpc\":\"2.0\",\"id\":\\1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + says.Result + "\"}]}}/\n");
        string[] server = ["/bin/sed", "-u", "-f", script];
        using var direct = new StdioRun(server[0], server[1..], home.In("home"));
        using var wrapped = new StdioRun("dotnet", [BuiltProgram.Path, "mcp", "proxy", "--", .. server], home.In("home"));
        var without = direct.MedianUs(says.Argument, calls);
        var with = wrapped.MedianUs(says.Argument, calls);
        Console.WriteLine($"{name,-18} {without,9:F0} {with,12:F0} {with - without,10:F0} {wrapped.MiB,5:F0}");
    }

    private static string Text(int kib) => string.Concat(Enumerable.Repeat(Words, (kib * 1024 / Words.Length) + 1))[..(kib * 1024)];
}
