using System.Text;

namespace Postern.Engine.A2a;

/// <summary>The methods of A2A over JSON-RPC: those up to 0.3, and those from 1.0 on.</summary>
public static class A2aMethods
{
    private static readonly byte[][] s_cards = Bytes("agent/getAuthenticatedExtendedCard", "GetExtendedAgentCard");

    private static readonly byte[][] s_streams = Bytes("message/stream", "tasks/resubscribe", "SendStreamingMessage", "SubscribeToTask");

    private static readonly byte[][] s_messages = Bytes("message/send", "message/stream", "SendMessage", "SendStreamingMessage");

    private static readonly byte[][] s_tasks = Bytes(
        "tasks/get", "tasks/cancel", "tasks/list", "tasks/resubscribe", "SubscribeToTask", "GetTask", "ListTasks", "CancelTask",
        "tasks/pushNotificationConfig/set", "tasks/pushNotificationConfig/get", "tasks/pushNotificationConfig/list", "tasks/pushNotificationConfig/delete",
        "CreateTaskPushNotificationConfig", "GetTaskPushNotificationConfig", "ListTaskPushNotificationConfigs", "DeleteTaskPushNotificationConfig");

    /// <summary>What a method is about; None for one that is not A2A's.</summary>
    public static A2aKind KindOf(ReadOnlySpan<byte> method) =>
        Has(s_messages, method) ? A2aKind.Message : Has(s_tasks, method) ? A2aKind.Task : Has(s_cards, method) ? A2aKind.Card : A2aKind.None;

    /// <summary>True for a method that is answered more than once, each time under the same id.</summary>
    public static bool IsStreamed(ReadOnlySpan<byte> method) => Has(s_streams, method);

    private static bool Has(byte[][] methods, ReadOnlySpan<byte> method)
    {
        foreach (var known in methods)
        {
            if (method.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Bytes(params string[] methods) => [.. methods.Select(Encoding.ASCII.GetBytes)];
}
