using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Transports.Control;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Control;

/// <summary>Only the number just shown approves.</summary>
public sealed partial class TerminalApproverTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData("yes {0}", true)]
    [InlineData("  YES {0} ", true)]
    [InlineData("no", false)]
    public async Task The_word_with_the_number_approves(string answer, bool approves)
    {
        var terminal = new Typist(code => string.Format(CultureInfo.InvariantCulture, answer, code));
        Assert.Equal(approves, await AskAsync(terminal, s_long));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("y")]
    [InlineData("{0}")]
    [InlineData("yes 0")]
    [InlineData("")]
    public async Task Anything_else_is_no_answer(string answer)
    {
        var terminal = new Typist(code => string.Format(CultureInfo.InvariantCulture, answer, code));
        Assert.False(await AskAsync(terminal, s_short));
    }

    [Fact]
    public async Task What_was_typed_ahead_or_answered_an_earlier_question_approves_nothing()
    {
        string? last = null;
        var terminal = new Typist(code => "yes " + Interlocked.Exchange(ref last, code));
        terminal.Type("yes");
        terminal.Type("yes 1234");
        var approver = new TerminalApprover(() => terminal.Open(), TimeProvider.System, s_short);
        Assert.False(await AskAsync(approver));
        Assert.False(await AskAsync(approver));
    }

    [Fact]
    public async Task Without_a_terminal_the_answer_is_no()
    {
        Assert.False(await AskAsync(new TerminalApprover(static () => null, TimeProvider.System, s_long)));
        Assert.Null(ApprovalTerminal.Open("/nowhere/tty"));
    }

    [Fact]
    public async Task Nothing_that_a_terminal_would_obey_is_shown()
    {
        var terminal = new Typist(static _ => "no");
        await AskAsync(terminal, s_long);
        Assert.DoesNotContain('\e', terminal.Shown);
        Assert.DoesNotContain('\u202e', terminal.Shown);
        Assert.Contains("tool.test", terminal.Shown, StringComparison.Ordinal);
    }

    private static Task<bool> AskAsync(Typist terminal, TimeSpan patience) => AskAsync(new TerminalApprover(() => terminal.Open(), TimeProvider.System, patience));

    private static async Task<bool> AskAsync(TerminalApprover approver)
    {
        var rule = new Rule("tool.test", "Test", RuleCategory.Tool, Severity.Medium, Confidence.Medium, "Nothing.");
        var finding = new Finding(rule, Confidence.Medium, "args$.\e[2J\u202ex", "", -1, 0, "");
        var exchange = new Exchange("agent", "mcp-stdio", new PolicySnapshot(1, "hash", TestPolicies.Default())) { Server = "server" };
        return await approver.ApproveAsync(exchange, [finding], TestContext.Current.CancellationToken);
    }

    /// <summary>Types a line for every question that is shown.</summary>
    private sealed partial class Typist(Func<string, string> answer) : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly BlockingCollection<string> _typed = [];

        public string Shown => ToString();

        public void Type(string line) => _typed.Add(line);

        public ApprovalTerminal Open() => new(new Keyboard(_typed), this);

        public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            Type(answer(Code().Match(buffer.ToString()).Groups[1].Value));
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
