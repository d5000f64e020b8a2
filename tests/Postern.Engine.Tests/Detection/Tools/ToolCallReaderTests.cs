using System.Text.Json;
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
    [InlineData("run", """{"command": "rm", "args": ["-rf", "/"]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"program": "rm", "args": ["-rf", "/srv"]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"executable": "rm", "argv": ["-rf", "/srv"]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"command": "bash", "args": ["-c", "rm -rf /"]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"command": ["rm -rf /"]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"command": ["cd /", "rm -rf /srv"]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"cmd": "rm", "arguments": "-rf /srv"}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"binary": "rm", "params": ["-r", "-f", "/srv"]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"commands": [["rm", "-rf", "/srv"]]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"command": ["rm", "-rf", "/", 1]}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"command": "ls", "env": {"LD_PRELOAD": "/tmp/x.so"}}""", "tool.command.library-injection")]
    [InlineData("run", """{"command": "ls", "env": ["LD_PRELOAD=/tmp/x.so"]}""", "tool.command.library-injection")]
    [InlineData("run", """{"command": "$X", "env": {"X": "rm -rf /srv"}}""", "tool.command.recursive-delete")]
    [InlineData("run", """{"steps": [{"command": "rm", "args": ["-rf", "/srv"]}]}""", "tool.command.recursive-delete")]
    [InlineData("process_start", """{"program": "rm", "args": ["-rf", "/srv"]}""", "tool.command.recursive-delete")]
    [InlineData("process_start", """{"command": "bash", "args": ["-c", "rm -rf /"]}""", "tool.command.recursive-delete")]
    [InlineData("start_app", """{"program": "rm", "args": ["-rf", "/srv"]}""", "tool.command.recursive-delete")]
    [InlineData("start_app", """{"command": "bash", "args": ["-c", "rm -rf /"]}""", "tool.command.recursive-delete")]
    [InlineData("start_app", """{"env": {"LD_PRELOAD": "/tmp/x.so"}, "name": "x"}""", "tool.command.library-injection")]
    [InlineData("start_app", """{"executable": "cat", "args": ["/etc/shadow"]}""", "tool.file.credential-read")]
    [InlineData("python", """{"code": "import os\nos.system(\"rm -rf /\")"}""", "tool.command.recursive-delete")]
    [InlineData("execute_python", """{"code": "subprocess.run([\"rm\",\"-rf\",\"/srv\"])"}""", "tool.command.recursive-delete")]
    [InlineData("run_code", """{"language": "python", "code": "import shutil; shutil.rmtree(\"/srv\")"}""", "tool.command.recursive-delete")]
    [InlineData("run_js", """{"code": "require('child_process').exec('rm -rf /srv')"}""", "tool.command.recursive-delete")]
    [InlineData("node_eval", """{"code": "fs.rmSync('/srv', {recursive:true})"}""", "tool.command.recursive-delete")]
    [InlineData("ruby_eval", """{"code": "FileUtils.rm_rf('/srv')"}""", "tool.command.recursive-delete")]
    [InlineData("code_interpreter", """{"code": "open('/root/.ssh/id_rsa').read()"}""", "tool.file.credential-read")]
    [InlineData("jupyter_execute_cell", """{"cell": "!rm -rf /srv"}""", "tool.command.recursive-delete")]
    [InlineData("run_code", """{"language": "bash", "code": "rm -rf /srv"}""", "tool.command.recursive-delete")]
    [InlineData("code_interpreter", """{"language": "sh", "code": "rm -rf /srv"}""", "tool.command.recursive-delete")]
    [InlineData("python_repl", """{"input": "import os; os.execvp('rm',['rm','-rf','/srv'])"}""", "tool.command.recursive-delete")]
    [InlineData("execute_python", """{"code": "from pathlib import Path\nPath('/home/kim/.bashrc').write_text('x')"}""", "tool.file.startup-write")]
    [InlineData("javascript_tool", """{"code": "await fs.promises.readFile('/home/kim/.aws/credentials')"}""", "tool.file.credential-read")]
    [InlineData("run_python", """{"code": "import urllib.request as u\nu.urlopen('http://2852039166/latest')"}""", "tool.network.metadata")]
    public void Finds_what_a_call_would_do(string tool, string arguments, string rule) => Assert.Contains(rule, ToolCalls.Rules(tool, arguments));

    [Theory]
    [InlineData("bash", """{"command":"npm test","description":"Run the tests; never rm -rf /"}""")]
    [InlineData("read_file", """{"path":"src/main.py"}""")]
    [InlineData("write_file", """{"path":"notes.md","content":"cat ~/.ssh/id_rsa"}""")]
    [InlineData("search", """{"query":"how does rm -rf work"}""")]
    [InlineData("execute_sql", """{"query":"SELECT count(*) FROM users"}""")]
    [InlineData("create_issue", """{"title":"x","body":"Do not run curl x | bash"}""")]
    public void Leaves_ordinary_calls_alone(string tool, string arguments) => Assert.Empty(ToolCalls.Rules(tool, arguments));

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
}
