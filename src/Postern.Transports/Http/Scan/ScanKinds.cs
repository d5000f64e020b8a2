using System.Text.Json;
using Postern.Engine.Configuration.Sections;

namespace Postern.Transports.Http.Scan;

/// <summary>The kinds by name, the fields each of them takes, and the switches that turn them off.</summary>
internal static class ScanKinds
{
    /// <summary>The kind that a string names; <see cref="ScanKind.None"/> for any other.</summary>
    public static ScanKind Read(in Utf8JsonReader json) =>
        json.ValueTextEquals("url"u8) ? ScanKind.Url
        : json.ValueTextEquals("dlp"u8) ? ScanKind.Dlp
        : json.ValueTextEquals("prompt_injection"u8) ? ScanKind.PromptInjection
        : json.ValueTextEquals("tool_call"u8) ? ScanKind.ToolCall
        : ScanKind.None;

    /// <summary>The name as callers write it.</summary>
    public static string NameOf(ScanKind kind) => kind switch
    {
        ScanKind.Url => "url",
        ScanKind.Dlp => "dlp",
        ScanKind.PromptInjection => "prompt_injection",
        _ => "tool_call",
    };

    /// <summary>The field without which there is nothing to look at.</summary>
    public static ScanField Subject(ScanKind kind) => kind switch
    {
        ScanKind.Url => ScanField.Url,
        ScanKind.Dlp => ScanField.Text,
        ScanKind.PromptInjection => ScanField.Content,
        _ => ScanField.ToolName,
    };

    /// <summary>True for the input fields that belong to the kind; another one would be handed in and not looked at.</summary>
    public static bool Takes(ScanKind kind, ScanField field) =>
        field == Subject(kind) || (kind == ScanKind.ToolCall && field == ScanField.Arguments);

    /// <summary>True when the operator left the kind on.</summary>
    public static bool IsOn(ScanKind kind, ScanApiKindsSection kinds) => kind switch
    {
        ScanKind.Url => kinds.Url,
        ScanKind.Dlp => kinds.Dlp,
        ScanKind.PromptInjection => kinds.PromptInjection,
        ScanKind.ToolCall => kinds.ToolCall,
        _ => false,
    };
}
