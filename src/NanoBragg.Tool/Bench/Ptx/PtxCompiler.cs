using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Bench.Ptx;

/// <summary>Makes PTX, NVIDIA's portable instructions, of the kernels, with clang and without a GPU: byte for byte the same each time.</summary>
internal static class PtxCompiler
{
    // Another version gives other code. It is what PoCL on Debian 12 comes with.
    private const string Clang = "clang-15";
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);

    /// <summary>Gets why there can be no PTX, one line; null where there can.</summary>
    public static string? NotAvailable =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, Clang)))
            ? null
            : $"{Clang} is not on the search path";

    /// <summary>Compiles kernels.</summary>
    /// <param name="source">The kernels.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The listing.</returns>
    /// <exception cref="UserError">They do not compile, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static string Compile(OpenClSource source, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("nanobragg-ptx-");
        try
        {
            var (kernels, builtIn, listing) = (Path.Combine(folder.FullName, "lattice.cl"), Path.Combine(folder.FullName, "ptx.h"), Path.Combine(folder.FullName, "lattice.ptx"));
            File.WriteAllText(kernels, source.Text);
            using (var header = typeof(PtxCompiler).Assembly.GetManifestResourceStream("ptx.h")!)
            using (var file = File.Create(builtIn))
            {
                header.CopyTo(file);
            }

            string[] command =
            [
                Clang, "-x", "cl", "-target", "nvptx64-nvidia-cuda", "-Xclang", "-target-cpu", "-Xclang", "sm_80", "-Xclang", "-target-feature", "-Xclang", "+ptx75",
                "-O3", "-S", "-nogpulib", .. source.Options.Split(' '), "-include", builtIn, kernels, "-o", listing,
            ];
            var (exitCode, log) = LoggedCommand.Run(command, _timeout, cancellation);
            return exitCode == 0 ? File.ReadAllText(listing) : throw new UserError($"{Clang} does not compile the kernels: {log.ReplaceLineEndings(" ")}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
