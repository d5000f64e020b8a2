namespace Postern.Transports.Http.Scan;

/// <summary>Every key a request may have, grouped by the object it stands in.</summary>
internal enum ScanField : byte
{
    Kind,
    Input,
    Context,
    Options,
    Url,
    Text,
    Content,
    ToolName,
    Arguments,
    RequestId,
    SessionId,
    AgentName,
    IncludeEvidence,
}
