using Postern.Engine.Detection;
using Postern.Engine.Mcp;
using Postern.Engine.Monitoring.Tools.Budgets;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Monitoring.Tools;

/// <summary>Loops, circles, growth, retries, fan-out, concurrency, calls and time: what runs up costs without an end. Keyed by principal and server.</summary>
internal sealed class ToolBudgets(BudgetLimits limits, Confidence confidence) : IMonitor
{
    /// <summary>A session without a call for so long is over.</summary>
    private const long IdleMs = 30 * 60_000;

    /// <summary>A call without an answer is open for so long.</summary>
    private const long PatienceMs = 5 * 60_000;

    /// <summary>Failures are forgiven after so long.</summary>
    private const long RestMs = 60_000;

    /// <summary>Calls in the longest circle that is recognised, and how often it must close.</summary>
    private const int LongestCircle = 4;
    private const int Rounds = 3;

    /// <summary>Calls of growing size, and the size from which growth costs something.</summary>
    private const int GrowingCalls = 4;
    private const int GrownBytes = 4096;

    public int Id => 11;

    public int StateBytes => BudgetState.StateBytes;

    public string Place => "session";

    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = default;
        var isNews = observation.Calls.Length > 0 || observation.Answered is not null;
        if (isNews)
        {
            Span<byte> server = stackalloc byte[sizeof(uint)];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(server, CallHash.Of(observation.Exchange.Server));
            subject = Subject.Of(observation.Exchange.Actor, server);
        }

        return isNews;
    }

    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        var session = new BudgetState(state);
        session.Begin(observation.NowMs, IdleMs);
        if (observation.Answered is { } answered && observation.Calls.IsEmpty)
        {
            var failed = observation.Message.FactsRef.Mcp.Shape == RpcShape.Error || observation.Message.Bytes.IndexOf("\"isError\":true"u8) >= 0;
            session.Answer(observation.Exchange.Id);
            session.Settle(answered.Tool, failed, observation.NowMs);
            session.Settle(0, failed, observation.NowMs);
            return;
        }

        foreach (var call in observation.Calls)
        {
            session.Add(new BudgetCall(observation.NowMs, call.Tool) { Arguments = (uint)(call.Arguments >> 32), Bytes = call.Bytes });
            session.Wait(observation.Exchange.Id, observation.NowMs, PatienceMs);
            Judge(session, call, observation.NowMs, hits);
        }
    }

    private void Judge(in BudgetState session, CallSummary call, long nowMs, HitList hits)
    {
        Report(limits.MaxCalls > 0 && session.Calls > limits.MaxCalls, BudgetRules.Calls, call, hits);
        Report(limits.MaxMinutes > 0 && nowMs - session.FirstMs > limits.MaxMinutes * 60_000L, BudgetRules.WallClock, call, hits);
        Report(limits.MaxConcurrent > 0 && session.Open > limits.MaxConcurrent, BudgetRules.Concurrent, call, hits);
        Report(session.Failures(call.Tool, nowMs, RestMs) >= limits.MaxRetriesPerTool, BudgetRules.ToolRetries, call, hits);
        Report(session.Failures(0, nowMs, RestMs) >= limits.MaxRetriesPerServer, BudgetRules.ServerRetries, call, hits);
        Report(limits.FanOut > 0 && Tools(session, nowMs) > limits.FanOut, BudgetRules.FanOut, call, hits);
        var window = Math.Min(limits.LoopWindow, session.Kept);
        Report(Equal(session, window) > limits.MaxRetriesPerTool, BudgetRules.Loop, call, hits);
        Report(IsCircle(session, window), BudgetRules.Cycle, call, hits);
        Report(IsGrowing(session, window), BudgetRules.Growth, call, hits);
    }

    private void Report(bool isOver, Rule rule, CallSummary call, HitList hits)
    {
        if (isOver)
        {
            hits.Add(new Hit(rule, 0, 0, confidence) { Detail = call.Name });
        }
    }

    private static int Equal(in BudgetState session, int window)
    {
        var count = 0;
        for (var i = 0; i < window; i++)
        {
            count += session[i].IsSame(session[0]) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The same call over and over is a loop, not a circle.</summary>
    private static bool IsCircle(in BudgetState session, int window)
    {
        for (var length = 2; length <= LongestCircle && length * Rounds <= window; length++)
        {
            var closes = !session[0].IsSame(session[1]);
            for (var i = 0; closes && i < length * (Rounds - 1); i++)
            {
                closes = session[i].IsSame(session[i + length]);
            }

            if (closes)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Each half as large again as the one before, and large by now.</summary>
    private static bool IsGrowing(in BudgetState session, int window)
    {
        var grows = window >= GrowingCalls && session[0].Bytes >= GrownBytes;
        for (var i = 0; grows && i < GrowingCalls - 1; i++)
        {
            grows = session[i].Tool == session[i + 1].Tool && session[i].Bytes >= session[i + 1].Bytes * 3L / 2;
        }

        return grows;
    }

    private int Tools(in BudgetState session, long nowMs)
    {
        Span<uint> tools = stackalloc uint[BudgetState.MaxCalls];
        var count = 0;
        while (count < session.Kept && session[count] is var call && nowMs - call.TimeMs <= limits.FanOutSeconds * 1000L)
        {
            tools[count++] = call.Tool;
        }

        tools = tools[..count];
        tools.Sort();
        var different = count == 0 ? 0 : 1;
        for (var i = 1; i < count; i++)
        {
            different += tools[i] == tools[i - 1] ? 0 : 1;
        }

        return different;
    }
}
