using System.Text;

namespace Postern.Bench.Proxy;

/// <summary>The servers of the proxy benchmark: nginx as upstream, Postern, and squid to compare with.</summary>
internal static class BenchServers
{
    /// <summary>What nginx takes as one text.</summary>
    private const int NginxText = 3000;

    /// <summary>nginx with plain HTTP on one port and TLS on another; below <c>/new/</c> each answer differs from all before it.</summary>
    public static ChildServer Nginx(BenchHome home, int port, int tlsPort)
    {
        var config = home.Keep("nginx.conf", $$"""
            daemon off; master_process off; pid {{home.In("nginx.pid")}}; error_log /dev/null;
            events { worker_connections 512; }
            http { access_log off; keepalive_requests 100000000; types { text/plain txt; application/octet-stream bin; } root {{home.In("www")}};
              client_body_temp_path {{home.In("nginx-body")}}; proxy_temp_path {{home.In("nginx-proxy")}}; fastcgi_temp_path {{home.In("nginx-fcgi")}};
              uwsgi_temp_path {{home.In("nginx-uwsgi")}}; scgi_temp_path {{home.In("nginx-scgi")}};
              server { listen 127.0.0.1:{{port}};
                {{Varied(home, "k1.txt")}}
                {{Varied(home, "k100.txt")}} }
              server { listen 127.0.0.1:{{tlsPort}} ssl; ssl_certificate {{home.Certificate}}; ssl_certificate_key {{home.In("upstream.key")}}; } }
            """);
        var server = ChildServer.Start("nginx", ["-c", config, "-p", home.Path]);
        server.WaitFor(port);
        return server;
    }

    /// <summary>A location that answers with the page, the number of the request in front.</summary>
    private static string Varied(BenchHome home, string page)
    {
        var text = string.Concat(File.ReadAllText(home.In("www/" + page), Encoding.Latin1).Select(static c => c is '"' or '\\' or '$' ? ' ' : c));
        var pieces = text.Chunk(NginxText).Select(static piece => new string(piece)).ToArray();
        var sets = pieces.Select(static (piece, i) => $"set $p{i} \"{piece}\";");
        return $"location = /new/{page} {{ {string.Join('\n', sets)} return 200 \"$request_id {string.Concat(pieces.Select(static (_, i) => $"$p{i}"))}\"; }}";
    }

    /// <summary>Postern, in its own home, trusting the upstream's certificate; loopback is allowed as a destination. Evidence is kept; the log is off, as squid's.</summary>
    public static ChildServer Postern(BenchHome home, string program, int port)
    {
        var config = home.Keep("postern.yaml", "logging: { output: none }\nssrf:\n  ip_allowlist: [127.0.0.0/8]\nfetch_proxy:\n  monitoring:\n    max_requests_per_minute: 1000000\nforward_proxy:\n  connect_ports: [1-65535]\n");
        var environment = new Dictionary<string, string> { ["SSL_CERT_FILE"] = home.Certificate };
        using (var first = ChildServer.Start("dotnet", [program, "run", "--config", config, "--home", home.In("home"), "--", "sleep", "3"], environment))
        {
            // Running a command makes the certificate authority.
            for (var attempt = 0; attempt < 1500 && first.IsAlive; attempt++)
            {
                Thread.Sleep(10);
            }
        }

        var server = ChildServer.Start("dotnet", [program, "run", "--config", config, "--home", home.In("home"), "--listen", $"127.0.0.1:{port}"], environment);
        server.WaitFor(port);
        return server;
    }

    /// <summary>squid without cache and log, in one process.</summary>
    public static ChildServer Squid(BenchHome home, int port)
    {
        var config = home.Keep("squid.conf", $"""
            http_port 127.0.0.1:{port}
            pid_filename none
            http_access allow all
            cache deny all
            cache_mem 0 MB
            access_log none
            cache_log stdio:/dev/null
            cache_store_log none
            coredump_dir {home.Path}
            shutdown_lifetime 0 seconds
            client_ip_max_connections -1

            """);
        var server = ChildServer.Start("squid", ["-N", "-n", $"bench{port}", "-f", config]);
        server.WaitFor(port);
        return server;
    }
}
