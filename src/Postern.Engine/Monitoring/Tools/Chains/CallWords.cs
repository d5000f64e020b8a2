using Postern.Engine.Detection.Tools;

namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>What the words of names tell: categories as rules write them, and the names of tools and programs.</summary>
internal static class CallWords
{
    /// <summary>The categories of chains, as rules and configuration name them.</summary>
    public static readonly (string Name, CallKinds Kind)[] Categories =
    [
        ("read", CallKinds.Read),
        ("write", CallKinds.Write),
        ("exec", CallKinds.Exec),
        ("network", CallKinds.Network),
        ("send", CallKinds.Send),
        ("fetch", CallKinds.Fetch),
        ("env", CallKinds.Environment),
        ("list", CallKinds.List),
        ("persist", CallKinds.Persist),
        ("secret", CallKinds.Secret),
        ("screenshot", CallKinds.Screenshot),
        ("database", CallKinds.Database),
    ];

    private static readonly Dictionary<string, CallKinds> s_tools = Table(
        (CallKinds.Exec, "bash sh shell zsh exec execute terminal command cmd powershell pwsh console spawn eval subprocess process"),
        (CallKinds.Persist, "cron crontab systemd systemctl launchd launchctl autostart daemon scheduler autorun"),
        (CallKinds.Environment, "env environment getenv printenv environ"),
        (CallKinds.Send, "send post upload publish share email mail smtp webhook tweet notify push attach transmit slack telegram discord"),
        (CallKinds.Fetch, "fetch curl wget http https request download browse navigate goto crawl scrape url web"),
        (CallKinds.Write, "write create edit append save modify update delete remove move rename put patch replace insert store"),
        (CallKinds.Read, "read get load open view cat show head tail content retrieve"),
        (CallKinds.List, "list ls dir find search glob tree directory status describe logs"),
        (CallKinds.Screenshot, "screenshot screencapture capture screencast"),
        (CallKinds.Database | CallKinds.Read, "sql database db postgres postgresql mysql sqlite mongo mongodb bigquery snowflake redis query"));

    private static readonly Dictionary<string, CallKinds> s_programs = Table(
        (CallKinds.Read, "cat head tail less more bat grep egrep fgrep rg ag sed awk cut sort uniq wc jq yq nl tac od xxd strings diff cmp base64 sha256sum md5sum type get-content gc"),
        (CallKinds.List, "ls dir find fd tree pwd cd pushd popd which whereis file stat du df test [ [[ echo printf true false sleep date whoami exa eza get-childitem export set git-status basename dirname realpath"),
        (CallKinds.Write, "tee touch mkdir cp mv ln rm rmdir truncate chmod chown install set-content add-content out-file"),
        (CallKinds.Environment, "env printenv"),
        (CallKinds.Fetch, "curl wget fetch aria2c http https httpie iwr irm invoke-webrequest invoke-restmethod axel lynx w3m"),
        (CallKinds.Send, "nc ncat netcat socat telnet scp sftp ftp mail mailx mutt sendmail msmtp swaks rclone s3cmd croc wormhole dig nslookup"),
        (CallKinds.Persist, "crontab launchctl at"),
        (CallKinds.Screenshot, "screencapture scrot grim gnome-screenshot maim import"),
        (CallKinds.Database | CallKinds.Read, "psql mysql sqlite3 mongosh mongo redis-cli sqlcmd bq"));

    /// <summary>What the name of a tool tells, in all its words.</summary>
    public static CallKinds OfTool(string tool)
    {
        var kinds = CallKinds.None;
        foreach (var word in ToolWords.Split(tool))
        {
            kinds |= s_tools.GetValueOrDefault(word);
        }

        // A query that is executed runs in a database; looking at a service starts nothing.
        kinds &= (kinds & CallKinds.Database) != 0 ? ~CallKinds.Exec : ~CallKinds.None;
        return (kinds & (CallKinds.Read | CallKinds.List)) != 0 ? kinds & ~CallKinds.Persist : kinds;
    }

    /// <summary>What a program does; anything unknown is run for its own sake.</summary>
    public static CallKinds OfProgram(string program) => s_programs.GetValueOrDefault(program, CallKinds.Exec);

    /// <summary>The category of this name; none when there is no such category.</summary>
    public static CallKinds Category(string name) => Array.Find(Categories, c => c.Name == name).Kind;

    private static Dictionary<string, CallKinds> Table(params ReadOnlySpan<(CallKinds Kinds, string Words)> rows)
    {
        var table = new Dictionary<string, CallKinds>(StringComparer.Ordinal);
        foreach (var (kinds, words) in rows)
        {
            foreach (var word in words.Split(' '))
            {
                table[word] = table.GetValueOrDefault(word) | kinds;
            }
        }

        return table;
    }
}
