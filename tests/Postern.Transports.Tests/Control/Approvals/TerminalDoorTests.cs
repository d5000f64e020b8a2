using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Postern.Transports.Control.Approvals;

namespace Postern.Transports.Tests.Control.Approvals;

/// <summary>Only the number just shown approves.</summary>
public sealed partial class TerminalDoorTests
{
    [Theory]
    [InlineData("yes {0}", true)]
    [InlineData("  YES {0} ", true)]
    [InlineData("no", false)]
    [InlineData("yes", false)]
    [InlineData("y", false)]
    [InlineData("{0}", false)]
    [InlineData("yes 0", false)]
    [InlineData("", false)]
    public async Task The_word_with_the_number_approves_and_nothing_else(string answer, bool approves)
    {
        using var door = new TerminalDoor(() => new Typist(code => string.Format(CultureInfo.InvariantCulture, answer, code)).Open());
        Assert.Equal(approves, await AskAsync(door));
    }

    [Fact]
    public async Task What_was_typed_ahead_or_answered_an_earlier_question_approves_nothing()
    {
        string? last = null;
        var terminal = new Typist(code => "yes " + Interlocked.Exchange(ref last, code));
        terminal.Type("yes");
        terminal.Type("yes 1234");
        using var door = new TerminalDoor(terminal.Open);
        Assert.False(await AskAsync(door));
        Assert.False(await AskAsync(door));
    }

    [Fact]
    public async Task Without_a_terminal_nobody_answers()
    {
        using var door = new TerminalDoor(static () => null);
        await door.KnockAsync(Questions.Pending(), static _ => Assert.Fail("nobody is there"), CancellationToken.None);
        Assert.Null(ApprovalTerminal.Open("/nowhere/tty"));
    }

    [Fact]
    public async Task A_question_that_is_over_is_taken_off_the_terminal_and_the_next_one_is_asked()
    {
        var terminal = new Typist(static _ => "") { IsAway = true };
        using var door = new TerminalDoor(terminal.Open);
        using var over = new CancellationTokenSource();
        var asked = door.KnockAsync(Questions.Pending(), static _ => Assert.Fail("nobody answered"), over.Token);
        await over.CancelAsync();
        await asked;
        Assert.Contains("over", terminal.Shown, StringComparison.Ordinal);
        terminal.IsAway = false;
        Assert.False(await AskAsync(door));
    }

    [Fact]
    public async Task Nothing_that_a_terminal_would_obey_is_shown()
    {
        var terminal = new Typist(static _ => "no");
        using var door = new TerminalDoor(terminal.Open);
        await AskAsync(door);
        Assert.DoesNotContain('\e', terminal.Shown);
        Assert.DoesNotContain('\u202e', terminal.Shown);
        Assert.Contains("tool.test", terminal.Shown, StringComparison.Ordinal);
        Assert.Contains("rm -rf", terminal.Shown, StringComparison.Ordinal);
    }

    private static async Task<bool> AskAsync(TerminalDoor door)
    {
        bool? answered = null;
        await door.KnockAsync(Questions.Pending(), isYes => answered = isYes, TestContext.Current.CancellationToken);
        return answered!.Value;
    }

    /// <summary>Types a line for every question that is shown, and then no: so that every question ends without a clock.</summary>
    private sealed partial class Typist(Func<string, string> answer) : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly BlockingCollection<string> _typed = [];

        /// <summary>True while nobody types.</summary>
        public bool IsAway { get; set; }

        public string Shown => ToString();

        public void Type(string line) => _typed.Add(line);

        public ApprovalTerminal Open() => new(new Keyboard(_typed), this);

        public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            if (!IsAway && Code().Match(buffer.ToString()) is { Success: true } shown)
            {
                Type(answer(shown.Groups[1].Value));
                Type("no");
            }

            return Task.CompletedTask;
        }

        [GeneratedRegex("'yes ([0-9]{4})'")]
        private static partial Regex Code();
    }

    private sealed class Keyboard(BlockingCollection<string> typed) : TextReader
    {
        public override string? ReadLine() => typed.Take();
    }
}
