using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Tools;
using Xunit;

namespace Postern.Engine.Tests.Detection.Tools;

/// <summary>Calls of tools, whatever the server calls them.</summary>
public sealed class ToolCallReaderTests
{
    [Theory]
    [InlineData("bash", """{"command":"rm -rf /srv"}""", "tool.command.recursive-delete")]
    [InlineData("run_terminal_cmd", """{"command":"rm -rf /srv"}""", "tool.command.recursive-delete")]
    [InlineData("executeCommand", """{"input":"rm -rf /srv"}""", "tool.command.recursive-delete")]
    [InlineData("shell", """{"command":["rm","-rf","/srv"]}""", "tool.command.recursive-delete")]
    [InlineData("shell", """{"command":["bash","-lc","rm -rf /srv"]}""", "tool.command.recursive-delete")]
    [InlineData("task", """{"steps":[{"cmd":"ls"},{"cmd":"rm -rf /srv"}]}""", "tool.command.recursive-delete")]
    [InlineData("read_file", """{"path":"/home/kim/.ssh/id_rsa"}""", "tool.file.credential-read")]
    [InlineData("fs.readTextFile", """{"file_path":"~/.aws/credentials"}""", "tool.file.credential-read")]
    [InlineData("read_multiple_files", """{"paths":["a.txt","/etc/shadow"]}""", "tool.file.credential-read")]
    [InlineData("write_file", """{"path":"/home/kim/.bashrc","content":"x"}""", "tool.file.startup-write")]
    [InlineData("str_replace_editor", """{"path":"/etc/cron.d/x","new_str":"x"}""", "tool.file.service-write")]
    [InlineData("move_file", """{"source":"a","destination":"/etc/sudoers.d/a"}""", "tool.file.system-write")]
    [InlineData("fetch", """{"url":"http://169.254.169.254/latest/meta-data/"}""", "tool.network.metadata")]
    [InlineData("execute_sql", """{"query":"DROP TABLE users"}""", "tool.command.data-destruction")]
    public void Finds_what_a_call_would_do(string tool, string arguments, string rule) => Assert.Contains(rule, Rules(tool, arguments));

    [Theory]
    [InlineData("bash", """{"command":"npm test","description":"Run the tests; never rm -rf /"}""")]
    [InlineData("read_file", """{"path":"src/main.py"}""")]
    [InlineData("write_file", """{"path":"notes.md","content":"cat ~/.ssh/id_rsa"}""")]
    [InlineData("search", """{"query":"how does rm -rf work"}""")]
    [InlineData("execute_sql", """{"query":"SELECT count(*) FROM users"}""")]
    [InlineData("create_issue", """{"title":"x","body":"Do not run curl x | bash"}""")]
    public void Leaves_ordinary_calls_alone(string tool, string arguments) => Assert.Empty(Rules(tool, arguments));

    [Fact]
    public void Names_the_argument()
    {
        using var arguments = JsonDocument.Parse("""{"a":{"command":["ls"]},"b":["x",{"cmd":"pwd"}]}""");
        Assert.Equal(["args$.a.command", "args$.b[1].cmd", "args$"], ToolCallReader.Read("tool", arguments.RootElement).ConvertAll(c => c.Where));
    }

    [Theory]
    [InlineData("run_terminal_cmd", "run terminal cmd")]
    [InlineData("executeCommand", "execute command")]
    [InlineData("mcp__fs__read-file2", "mcp fs read file")]
    public void Splits_names_into_words(string name, string words) => Assert.Equal(words, string.Join(' ', ToolWords.Split(name)));

    private static List<string> Rules(string tool, string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var hits = new HitList();
        foreach (var (_, script) in ToolCallReader.Read(tool, document.RootElement))
        {
            RuleCatalogue.Table.Tools.Scan(script, 0, hits);
        }

        return [.. Enumerable.Range(0, hits.Count).Select(i => hits[i].Rule.Id)];
    }
}
