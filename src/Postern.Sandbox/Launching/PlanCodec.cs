using System.Text;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Launching;

/// <summary>A plan as bytes, from the firewall to the stage: by a socket, since arguments and environment can be read by others.</summary>
internal static class PlanCodec
{
    /// <summary>Longest plan; a carved one has some thousand paths.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Writes it, its length first.</summary>
    public static byte[] Write(SandboxPlan plan)
    {
        var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        writer.Write(0);
        Write(writer, plan.Layers, static (w, layer) =>
        {
            w.Write(layer.Name);
            w.Write(layer.Holds);
            w.Write(layer.Detail);
        });
        Write(writer, plan.Paths, static (w, rule) =>
        {
            w.Write(rule.Path);
            w.Write((byte)rule.Access);
            w.Write(rule.IsData);
        });
        Write(writer, plan.Links, static (w, link) =>
        {
            w.Write(link.Path);
            w.Write(link.Target);
        });
        writer.Write((byte)plan.Network);
        writer.Write(plan.Directory);
        writer.Write(plan.Port);
        Write(writer, plan.Limits, static (w, limit) =>
        {
            w.Write(limit.Resource);
            w.Write(limit.Value);
        });
        Write(writer, plan.Command, static (w, text) => w.Write(text));
        Write(writer, plan.Environment, static (w, text) => w.Write(text));
        writer.Seek(0, SeekOrigin.Begin);
        writer.Write((int)memory.Length - sizeof(int));
        return memory.ToArray();
    }

    /// <summary>Reads what <see cref="Write(SandboxPlan)"/> wrote, without the length.</summary>
    public static SandboxPlan Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return new SandboxPlan(
            Read(reader, static r => new SandboxLayer(r.ReadString(), r.ReadBoolean(), r.ReadString())),
            Read(reader, static r => new PathRule(r.ReadString(), (Access)r.ReadByte()) { IsData = r.ReadBoolean() }),
            Read(reader, static r => new PathLink(r.ReadString(), r.ReadString())),
            (NetworkWay)reader.ReadByte())
        {
            Directory = reader.ReadString(),
            Port = reader.ReadInt32(),
            Limits = Read(reader, static r => (r.ReadInt32(), r.ReadInt64())),
            Command = Read(reader, static r => r.ReadString()),
            Environment = Read(reader, static r => r.ReadString()),
        };
    }

    private static void Write<T>(BinaryWriter writer, IReadOnlyList<T> items, Action<BinaryWriter, T> one)
    {
        writer.Write(items.Count);
        foreach (var item in items)
        {
            one(writer, item);
        }
    }

    private static T[] Read<T>(BinaryReader reader, Func<BinaryReader, T> one)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = one(reader);
        }

        return items;
    }
}
