using System.Globalization;
using System.Text.Json;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Plays the examples of a chain: calls separated by <c>-&gt;</c>, each a name and, when there are some, arguments; <c>+90s</c> lets time pass.</summary>
internal static class ChainProof
{
    /// <summary>What the examples are played under; a rule that needs more says so itself.</summary>
    public static readonly ChainBounds Bounds = new(Window: 20, Seconds: 60, Gap: 3);

    /// <summary>Whether the last call completes the chain.</summary>
    public static bool Holds(ChainMatcher chain, string example)
    {
        Span<byte> state = stackalloc byte[CallHistory.StateBytes];
        state.Clear();
        var history = new CallHistory(state);
        var nowMs = 1_000_000L;
        Span<ulong> sets = stackalloc ulong[CallHistory.Sets];
        var holds = false;
        foreach (var step in example.Split("->", StringSplitOptions.TrimEntries))
        {
            if (step.StartsWith('+'))
            {
                nowMs += int.Parse(step.AsSpan(1, step.Length - 2), CultureInfo.InvariantCulture) * 1000L;
                continue;
            }

            var (name, arguments) = step.Split(' ', 2) is [var first, var rest] ? (first, rest) : (step, "{}");
            using var document = JsonDocument.Parse(arguments);
            history.Add(CallReader.Default.Read(name, ToolCallReader.Read(name, document.RootElement)), nowMs);
            history.Sort(sets);
            holds = chain.FirstOf(history, sets, Bounds, nowMs) >= 0;
        }

        return holds;
    }
}
