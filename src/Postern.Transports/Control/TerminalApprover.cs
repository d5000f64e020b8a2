using System.Globalization;
using System.Security.Cryptography;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Transports.Control;

/// <summary>
/// Asks the person at the terminal, one question at a time. The answer repeats a number that nobody knew before the question was shown,
/// so nothing typed ahead, and no answer to an earlier question, approves anything. No answer in time is a no, as is no terminal.
/// </summary>
/// <param name="open">Opens the terminal; null when there is none. Called once, by the first question.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long an answer may take.</param>
public sealed class TerminalApprover(Func<ApprovalTerminal?> open, TimeProvider time, TimeSpan patience) : IApprover
{
    /// <summary>Questions that wait for the one that is asked; more are refused.</summary>
    private const int MaxWaiting = 64;

    private const int MaxText = 200;

    private readonly Lock _lock = new();
    private readonly Lazy<ApprovalTerminal?> _terminal = new(open);
    private volatile Question? _asked;
    private Task _last = Task.CompletedTask;
    private int _waiting;
    private int _isReading;

    /// <inheritdoc/>
    public async ValueTask<bool> ApproveAsync(Exchange exchange, IReadOnlyList<Finding> findings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(findings);
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting || _terminal.Value is not { } terminal)
            {
                return false;
            }

            return await InTurnAsync(() => AskAsync(terminal, exchange, findings, cancel), cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or TimeoutException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<bool> InTurnAsync(Func<Task<bool>> ask, CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock)
        {
            (before, _last) = (_last, done.Task);
        }

        try
        {
            await before.WaitAsync(cancel).ConfigureAwait(false);
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            // Whoever gave up in the queue still stands behind the one in front.
            _ = before.ContinueWith(_ => done.SetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<bool> AskAsync(ApprovalTerminal terminal, Exchange exchange, IReadOnlyList<Finding> findings, CancellationToken cancel)
    {
        var question = new Question(RandomNumberGenerator.GetInt32(1000, 10_000).ToString(CultureInfo.InvariantCulture));
        var lines = findings.Take(8).Select(static finding => $"  {finding.Rule.Id}: {finding.Rule.Title}{(finding.Where.Length > 0 ? " in " + finding.Where : "")}");
        var text = $"\nPostern asks: {Plain(exchange.Server.Length > 0 ? exchange.Server : exchange.Transport)}\n{string.Join('\n', lines.Select(Plain))}\n"
            + $"Type 'yes {question.Code}' to let it pass, 'no' to refuse ({patience.TotalSeconds:0} s, then no): ";
        _asked = question;
        await terminal.Output.WriteAsync(text.AsMemory(), cancel).ConfigureAwait(false);
        if (Interlocked.Exchange(ref _isReading, 1) == 0)
        {
            new Thread(() => Read(terminal.Input)) { IsBackground = true, Name = "approvals" }.Start();
        }

        bool answer;
        try
        {
            answer = await question.Answer.Task.WaitAsync(patience, time, cancel).ConfigureAwait(false);
        }
        finally
        {
            _asked = null;
        }

        await terminal.Output.WriteLineAsync((answer ? "approved" : "refused").AsMemory(), cancel).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Every line goes to the question that is asked right now, or nowhere.</summary>
    private void Read(TextReader input)
    {
        try
        {
            while (input.ReadLine() is { } line)
            {
                _asked?.Take(line.Trim());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The terminal is gone; questions end by their time.
        }
    }

    /// <summary>Nothing that a terminal would obey, or that would show the text in another order.</summary>
    private static string Plain(string text) => string.Concat(text.Take(MaxText).Select(static c =>
        char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse ? '?' : c));

    private sealed class Question(string code)
    {
        public string Code => code;

        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Take(string line)
        {
            if (line.Equals("yes " + code, StringComparison.OrdinalIgnoreCase))
            {
                Answer.TrySetResult(true);
            }
            else if (line.Equals("no", StringComparison.OrdinalIgnoreCase))
            {
                Answer.TrySetResult(false);
            }
        }
    }
}
