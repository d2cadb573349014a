using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement.Devices;

/// <summary>NVIDIA's assembler, where it is installed: it tells registers, stack and spills without a GPU.</summary>
internal static class PtxAssembler
{
    private const string Assembler = "ptxas";
    private const string Lister = "cuobjdump";
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);

    /// <summary>Gets why nothing can be assembled, one line; null where it can.</summary>
    public static string? NotAvailable => SearchPath.Lacks(Assembler);

    /// <summary>Assembles.</summary>
    /// <param name="ptx">The listing.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="UserError">It cannot be assembled, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static AssembledCode Assemble(string ptx, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("nanobragg-ptx-");
        try
        {
            var (source, made) = (Path.Combine(folder.FullName, "kernels.ptx"), Path.Combine(folder.FullName, "kernels.cubin"));
            File.WriteAllText(source, ptx);
            var log = Run([Assembler, "-v", $"-arch={PtxCompiler.Architecture}", source, "-o", made], cancellation);
            return SearchPath.Lacks(Lister) is { } why
                ? AssembledCode.Read(log, null, why)
                : AssembledCode.Read(log, Run([Lister, "-sass", made], cancellation), null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string[] command, CancellationToken cancellation)
    {
        var (exitCode, log) = LoggedCommand.Run(command, _timeout, cancellation);
        return exitCode == 0 ? log : throw new UserError($"{command[0]} fails: {log.ReplaceLineEndings(" ").Trim()}");
    }
}
