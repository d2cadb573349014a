using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement.Devices;

/// <summary>Makes PTX, NVIDIA's portable instructions, of the kernels, with clang and without a GPU: byte for byte the same each time.</summary>
internal static class PtxCompiler
{
    /// <summary>The generation of GPUs that code is made for: one that is in wide use, and that newer ones run.</summary>
    public const string Architecture = "sm_80";

    // Another version gives other code. It is what PoCL on Debian 12 comes with.
    private const string Clang = "clang-15";
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);

    /// <summary>Gets why there can be no PTX, one line; null where there can.</summary>
    public static string? NotAvailable => SearchPath.Lacks(Clang);

    /// <summary>Compiles kernels.</summary>
    /// <param name="code">The kernels.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The listing.</returns>
    /// <exception cref="UserError">They do not compile, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static string Compile(DeviceCode code, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("nanobragg-ptx-");
        try
        {
            var (kernels, builtIn, listing) = (Path.Combine(folder.FullName, "kernels.cl"), Path.Combine(folder.FullName, "ptx.h"), Path.Combine(folder.FullName, "kernels.ptx"));
            File.WriteAllText(kernels, code.Source);
            using (var header = typeof(PtxCompiler).Assembly.GetManifestResourceStream("ptx.h")!)
            using (var file = File.Create(builtIn))
            {
                header.CopyTo(file);
            }

            string[] command =
            [
                Clang, "-x", "cl", "-target", "nvptx64-nvidia-cuda", "-Xclang", "-target-cpu", "-Xclang", Architecture, "-Xclang", "-target-feature", "-Xclang", "+ptx75",
                "-O3", "-S", "-nogpulib", .. code.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-include", builtIn, kernels, "-o", listing,
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
