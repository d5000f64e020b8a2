using System.Diagnostics;
using System.Text;

namespace Postern.Bench.Mcp;

/// <summary>One stdio MCP server, called again and again: how long a call takes, and how much memory whoever was started holds.</summary>
internal sealed class StdioRun : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    public StdioRun(string program, IEnumerable<string> arguments, string home)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["POSTERN_HOME"] = home;
        _process = Process.Start(start)!;
    }

    /// <summary>Resident memory in MiB.</summary>
    public double MiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>The median of <paramref name="calls"/> round trips in µs, the first third left out.</summary>
    public double MedianUs(string argument, int calls)
    {
        var took = new double[calls];
        for (var id = 0; id < calls; id++)
        {
            var call = Encoding.UTF8.GetBytes($"{{\"id\":{id},\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{{\"name\":\"x\",\"arguments\":{{\"a\":\"{argument}\"}}}}}}\n");
            var began = Stopwatch.GetTimestamp();
            _process.StandardInput.BaseStream.Write(call);
            _process.StandardInput.BaseStream.Flush();
            var answer = _process.StandardOutput.ReadLine() ?? throw new IOException("The server ended.");
            took[id] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            if (answer.Contains("isError", StringComparison.Ordinal))
            {
                throw new IOException(answer);
            }
        }

        var steady = took[(calls / 3)..];
        Array.Sort(steady);
        return steady[steady.Length / 2];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
