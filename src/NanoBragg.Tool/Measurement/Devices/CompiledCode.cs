namespace NanoBragg.Tool.Measurement.Devices;

/// <summary>What compilers made of the code of a device.</summary>
/// <param name="Ptx">The PTX; null where there is no compiler.</param>
/// <param name="NotAvailable">Why there is none, one line, or null.</param>
/// <param name="Assembled">What NVIDIA's assembler made of the PTX; null where there is none.</param>
/// <param name="NotAssembled">Why it made nothing, or not all, one line, or null.</param>
/// <param name="Failure">Why the code does not compile, one line, or null.</param>
internal sealed record CompiledCode(PtxCode? Ptx, string? NotAvailable, AssembledCode? Assembled, string? NotAssembled, string? Failure)
{
    /// <summary>Compiles.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static CompiledCode Of(DeviceCode code, CancellationToken cancellation)
    {
        if (PtxCompiler.NotAvailable is { } why)
        {
            return new(null, why, null, why, null);
        }

        try
        {
            var listing = PtxCompiler.Compile(code, cancellation);
            var assembled = PtxAssembler.NotAvailable is null ? PtxAssembler.Assemble(listing, cancellation) : null;
            return new(PtxCode.Of(listing), null, assembled, PtxAssembler.NotAvailable ?? assembled!.InstructionsNotAvailable, null);
        }
        catch (UserError e)
        {
            return new(null, null, null, null, e.Message);
        }
    }
}
