using System.Text.Json;
using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>One call of a tool as the rules about calls see it.</summary>
internal sealed class ToolCall
{
    private readonly List<ToolText> _texts = [];
    private bool _isRead;

    /// <summary>A call; arguments that are no object have no names.</summary>
    public ToolCall(string tool, JsonElement arguments)
    {
        Tool = tool;
        Arguments = Opened(arguments);
        Commands = ToolCallReader.Read(tool, Arguments);
    }

    /// <summary>The tool's name.</summary>
    public string Tool { get; }

    /// <summary>Its arguments; undefined when there are none.</summary>
    public JsonElement Arguments { get; }

    /// <summary>What it would run or touch.</summary>
    public List<ToolCommand> Commands { get; }

    /// <summary>Its texts and numbers, and each command of its command lines without quotes and expansions. Read on first use.</summary>
    public IReadOnlyList<ToolText> Texts
    {
        get
        {
            if (!_isRead)
            {
                _isRead = true;
                Walk(Arguments, new ToolText("", "", "args$", ""));
                AddCommands();
            }

            return _texts;
        }
    }

    private void Walk(JsonElement value, ToolText at)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Walk(member.Value, at with { Key = at.Where == "args$" ? member.Name : at.Key, Name = member.Name, Where = at.Where + "." + member.Name });
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Walk(item, at with { Where = $"{at.Where}[{index++}]" });
                }

                break;
            case JsonValueKind.String:
                _texts.Add(at with { Text = value.GetString()! });
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                _texts.Add(at with { Text = value.GetRawText() });
                break;
        }
    }

    /// <summary>Some servers take the whole object as a text; what they will read is what is judged.</summary>
    private static JsonElement Opened(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.String)
        {
            return arguments;
        }

        try
        {
            using var document = JsonDocument.Parse(arguments.GetString()!);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return arguments;
        }
    }

    private void AddCommands()
    {
        foreach (var (where, script) in Commands.Where(static command => !command.IsOwn))
        {
            var key = where["args$".Length..].TrimStart('.').Split('.', '[')[0];
            foreach (var command in script.Commands)
            {
                _texts.Add(new ToolText(key, key, where, string.Join(' ', command.Arguments.Select(static word => word.Text).Prepend(command.Program))));
            }
        }
    }
}
