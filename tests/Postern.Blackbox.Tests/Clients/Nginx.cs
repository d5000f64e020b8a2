using System.Diagnostics;
using System.Globalization;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>nginx on loopback, over http and https with HTTP/2: files, a few fixed answers, and git.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const int Attempts = 5;
    private readonly string _directory;
    private readonly List<BackgroundProcess> _processes = [];
    private int _plainPort;
    private int _tlsPort;

    private Nginx(string directory) => _directory = directory;

    /// <summary>The http origin.</summary>
    public string Plain => "http://localhost:" + _plainPort.ToString(CultureInfo.InvariantCulture);

    /// <summary>The https origin.</summary>
    public string Tls => "https://localhost:" + _tlsPort.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the served files are.</summary>
    public string Files => Path.Combine(_directory, "files");

    /// <summary>Where the served repositories are, below <c>/git/</c>.</summary>
    public string Repositories => Path.Combine(_directory, "git");

    /// <summary>What arrived: a line with method, path and protocol for each request.</summary>
    public string[] Arrived => File.ReadAllLines(Path.Combine(_directory, "access.log"));

    /// <summary>Starts it with all its state in <paramref name="directory"/>.</summary>
    public static async Task<Nginx> StartAsync(string directory, UpstreamTrust trust)
    {
        var nginx = new Nginx(directory);
        Directory.CreateDirectory(nginx.Files);
        Directory.CreateDirectory(nginx.Repositories);
        for (var attempt = 1; ; attempt++)
        {
            (nginx._plainPort, nginx._tlsPort) = (Ports.Free(), Ports.Free());
            var file = Path.Combine(directory, "nginx.conf");
            await File.WriteAllTextAsync(file, nginx.Configuration(trust));
            // Said after the sockets listen.
            if (await BackgroundProcess.TryStartAsync(new ProcessStartInfo(Programs.PathOf("nginx"), ["-p", directory, "-c", file, "-e", "stderr"]), "OS: ") is { } process)
            {
                nginx._processes.Add(process);
                return nginx;
            }

            if (attempt == Attempts)
            {
                throw new InvalidOperationException("nginx did not start.");
            }
        }
    }

    /// <summary>Serves the repositories below <c>/git/</c>, for reading and writing.</summary>
    public async Task ServeGitAsync()
    {
        var socket = Path.Combine(_directory, "fcgi.sock");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "fcgiwrap -s \"unix:$0\" & until [ -S \"$0\" ]; do sleep 0.02; done; echo listens; wait", socket]);
        start.Environment["PATH"] = Programs.SearchPath;
        _processes.Add(await BackgroundProcess.StartAsync(start, "listens"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>What it said, for the message of a failing test.</summary>
    public override string ToString() => string.Join('\n', _processes);

    private string Configuration(UpstreamTrust trust) => $$"""
        daemon off;
        master_process off;
        error_log stderr notice;
        pid nginx.pid;
        events { worker_connections 512; }
        http {
          log_format arrived '$request_method $request_uri $server_protocol $status';
          access_log access.log arrived;
          client_body_temp_path temp-body;
          proxy_temp_path temp-proxy;
          fastcgi_temp_path temp-fastcgi;
          uwsgi_temp_path temp-uwsgi;
          scgi_temp_path temp-scgi;
          client_max_body_size 0;
          default_type application/octet-stream;
          types { text/html html; text/plain txt; application/json json; }
          server {
            listen 127.0.0.1:{{_plainPort}};
            listen 127.0.0.1:{{_tlsPort}} ssl http2;
            ssl_certificate {{trust.CertificateFile}};
            ssl_certificate_key {{trust.KeyFile}};
            root files;
            location = /hello { default_type text/plain; return 200 "hello over $server_protocol\n"; }
            location = /moved { return 302 /hello; }
            location /inbox { default_type text/plain; return 200 "taken\n"; }
            location /packed/ { alias files/; gzip on; gzip_types text/plain; gzip_min_length 1; }
            location ~ ^/git(/.*) {
              fastcgi_pass unix:{{_directory}}/fcgi.sock;
              fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
              fastcgi_param GIT_PROJECT_ROOT {{Repositories}};
              fastcgi_param GIT_HTTP_EXPORT_ALL 1;
              fastcgi_param PATH_INFO $1;
              fastcgi_param QUERY_STRING $query_string;
              fastcgi_param REQUEST_METHOD $request_method;
              fastcgi_param CONTENT_TYPE $content_type;
              fastcgi_param CONTENT_LENGTH $content_length;
              fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
              fastcgi_param GIT_PROTOCOL $http_git_protocol;
            }
          }
        }
        """;
}
