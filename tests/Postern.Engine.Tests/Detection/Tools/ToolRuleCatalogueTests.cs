using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Detection.Tools.Shell;
using Postern.Engine.Tests.Detection.Rules;
using Xunit;

namespace Postern.Engine.Tests.Detection.Tools;

/// <summary>Every rule about calls of tools, through the wrappers that hide commands.</summary>
public sealed class ToolRuleCatalogueTests
{
    private static readonly (string Name, Func<string, string> Write)[] s_wrappers =
    [
        ("plain", c => c),
        ("sudo bash -c", c => $"sudo bash -c {Quoted(c)}"),
        ("eval", c => $"eval {Quoted(c)}"),
        ("after another command", c => $"cd . && {c}"),
        ("here-string", c => $"bash <<< {Quoted(c)}"),
        ("here-document", c => $"sh <<'END'\n{c}\nEND\n"),
        ("base64 into a shell", c => $"echo {Convert.ToBase64String(Encoding.UTF8.GetBytes(c))} | base64 --decode | sh"),
        ("variable", c => $"x={Quoted(c)}; eval \"$x\""),
        ("substitution", c => $"$(echo {Quoted("echo")}) a; {c}"),
        ("subshell", c => $"(\n{c}\n)"),
        ("python", c => c.AsSpan().IndexOfAny("'\"\\$`") >= 0 ? c : $"python3 -c \"import os; os.system('{c}')\""),
    ];

    public static TheoryData<string> Ids => [.. RuleFiles.All.Where(s => s.Rule.Matcher is CommandMatcher).Select(s => s.Rule.Rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_example_is_found_in_every_wrapper(string id)
    {
        var source = RuleFiles.Find(id);
        var matcher = (CommandMatcher)source.Rule.Matcher;
        var missed = source.Examples
            .SelectMany((example, i) => s_wrappers.Where(w => !matcher.Matches(ShellReader.Read(w.Write(example)))).Select(w => $"example {i + 1} in {w.Name}"))
            .ToArray();
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_counter_example_is_found_as_it_stands(string id)
    {
        var source = RuleFiles.Find(id);
        Assert.NotEmpty(source.CounterExamples);
        Assert.DoesNotContain(source.CounterExamples, text => ((CommandMatcher)source.Rule.Matcher).Matches(ShellReader.Read(text)));
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
