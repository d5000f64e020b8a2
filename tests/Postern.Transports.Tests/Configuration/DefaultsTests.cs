using Postern.Engine.Configuration;
using Postern.Transports.Evidence;
using Postern.Transports.Http.Server;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Tests.Configuration;

/// <summary>A default stands in the configuration and in the record that it ends in; both must be one number.</summary>
public sealed class DefaultsTests
{
    [Fact]
    public void The_server_and_the_configuration_agree()
    {
        var (server, limits) = (new ProxyServerOptions(), PosternConfig.Default.Limits);
        Assert.Equal((server.MaxHeaderBytes, server.MaxHeaderCount), (limits.MaxHeaderBytes, limits.MaxHeaders));
    }

    [Fact]
    public void The_recorder_and_the_configuration_agree()
    {
        var (recorder, section) = (new RecorderOptions(), PosternConfig.Default.FlightRecorder);
        Assert.Equal((recorder.MaxFileRecords, recorder.CheckpointRecords), (section.MaxEntriesPerFile, section.CheckpointInterval));
    }

    [Fact]
    public void Minted_certificates_and_the_configuration_agree()
    {
        var section = PosternConfig.Default.TlsInterception;
        Assert.Equal((LeafCertificates.DefaultLifetime.TotalSeconds, LeafCertificates.DefaultCapacity), (section.CertTtlSeconds, section.CertCacheSize));
    }
}
