using System.Text;
using System.Text.Json;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement;

/// <summary>Runs this tool's own <c>worker</c> command in a fresh process.</summary>
internal static class WorkerLauncher
{
    private const int MaxLogBytes = 1 << 20;

    /// <summary>Runs a worker to its end. It and everything that it started are gone when this returns or throws, and so are the temporary files.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="environmentOverrides">Variables beyond <see cref="WorkerEnvironment.Default"/>, which they may replace.</param>
    /// <param name="timeout">How long the worker may take before it is killed; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="cancellation">Kills the worker.</param>
    /// <returns>How it ended; also where it crashed or was killed because its time was up.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="UserError">The worker cannot be started.</exception>
    public static WorkerOutcome Run(
        WorkerRequest request,
        IReadOnlyDictionary<string, string> environmentOverrides,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        var overrides = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in WorkerEnvironment.Default.Concat(environmentOverrides))
        {
            overrides[name] = value;
        }

        using var folder = WorkerFolder.Create();
        var requestPath = Path.Combine(folder.Path, "request.json");
        var reportPath = Path.Combine(folder.Path, "report.json");
        var logPath = Path.Combine(folder.Path, "worker.log");
        using (var file = File.Create(requestPath))
        {
            JsonSerializer.Serialize(file, request with { ReportPath = reportPath }, MeasurementJson.Default.WorkerRequest);
        }

        string[] commandLine = [.. ToolCommandLine(), "worker", requestPath];
        var end = ChildProcess.Run(commandLine, overrides, logPath, timeout, cancellation);
        if (end.Cancelled)
        {
            throw new OperationCanceledException(cancellation);
        }

        var report = end.TimedOut ? null : ReadReport(reportPath);
        return new WorkerOutcome
        {
            CommandLine = commandLine,
            EnvironmentOverrides = overrides,
            ExitCode = end.ExitCode,
            TimedOut = end.TimedOut,
            Usage = end.Usage with { MaxResidentBytes = report?.PeakResidentBytes ?? end.Usage.MaxResidentBytes },
            Report = report,
            Log = ReadEnd(logPath),
        };
    }

    /// <summary>Gets the command line that starts this tool again.</summary>
    public static IEnumerable<string> ToolCommandLine() => [DotNetHost(), "exec", Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll")];

    /// <summary>Gets the <c>dotnet</c> that this process runs on.</summary>
    public static string DotNetHost()
    {
        // Always through the dotnet host, whichever started this process: an apphost exists for some ways of installing only.
        var host = Environment.ProcessPath;
        if (host is null || !Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path && File.Exists(path) ? path : HostBesideRuntime() ?? "dotnet";
        }

        return host;
    }

    private static string? HostBesideRuntime()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/ -> <root>/dotnet
        var runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        var host = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(host) ? host : null;
    }

    private static WorkerReport? ReadReport(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, MeasurementJson.Default.WorkerReport);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            // The worker ended before it had written the whole report.
            return null;
        }
    }

    private static string ReadEnd(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = File.OpenRead(path);
        file.Seek(Math.Max(0, file.Length - MaxLogBytes), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
