using System.Globalization;
using System.Security.Cryptography;

namespace Postern.Transports.Control.Approvals;

/// <summary>
/// Asks the person at the terminal, one question at a time. The answer repeats a number that nobody knew before the question was shown,
/// so nothing typed ahead, and no answer to an earlier question, approves anything.
/// </summary>
/// <param name="open">Opens the terminal; null when there is none. Called once, by the first question.</param>
public sealed class TerminalDoor(Func<ApprovalTerminal?> open) : IApprovalDoor, IDisposable
{
    private const int MaxReasons = 8;
    private const int MaxText = 200;
    private const int MaxLines = 20;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lazy<ApprovalTerminal?> _terminal = new(open);
    private volatile Question? _asked;
    private int _isReading;

    /// <inheritdoc/>
    public string Name => "terminal";

    /// <inheritdoc/>
    public async Task KnockAsync(PendingApproval pending, Action<bool> answer, CancellationToken over)
    {
        ArgumentNullException.ThrowIfNull(pending);
        ArgumentNullException.ThrowIfNull(answer);
        try
        {
            await _turn.WaitAsync(over).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            if (_terminal.Value is { } terminal)
            {
                await AskAsync(terminal, pending, answer, over).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The terminal is gone, or the question is.
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task AskAsync(ApprovalTerminal terminal, PendingApproval pending, Action<bool> answer, CancellationToken over)
    {
        var question = new Question(RandomNumberGenerator.GetInt32(1000, 10_000).ToString(CultureInfo.InvariantCulture));
        _asked = question;
        await terminal.Output.WriteAsync(TextOf(pending, question).AsMemory(), over).ConfigureAwait(false);
        if (Interlocked.Exchange(ref _isReading, 1) == 0)
        {
            new Thread(() => Read(terminal.Input)) { IsBackground = true, Name = "approvals" }.Start();
        }

        try
        {
            answer(await question.Answer.Task.WaitAsync(over).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            await terminal.Output.WriteLineAsync("over: answered elsewhere, or too late").ConfigureAwait(false);
        }
        finally
        {
            _asked = null;
        }
    }

    private static string TextOf(PendingApproval pending, Question question)
    {
        var request = pending.Request;
        var reasons = request.Reasons.Take(MaxReasons).Select(static reason => $"  {reason.Risk} {reason.Rule}: {reason.Title}{(reason.Where.Length > 0 ? " in " + reason.Where : "")}{(reason.Detail.Length > 0 ? ": " + reason.Detail : "")}");
        var excerpt = request.Excerpt.Split('\n').Take(MaxLines).Select(static line => "  | " + line);
        return $"\nPostern asks: {Plain($"{request.Actor}, {request.Action} {request.Target}".Trim())}\n{string.Join('\n', reasons.Concat(excerpt).Select(Plain))}\n"
            + $"Type 'yes {question.Code}' to let it pass, 'no' to refuse ({(pending.Until - pending.Asked).TotalSeconds:0} s, then no): ";
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
