using NanoBragg.Tool.Measurement.Devices;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement.Devices;

/// <summary>A test that needs clang; where it is missing it is reported by name as not run.</summary>
internal sealed class ClangFactAttribute : FactAttribute
{
    public ClangFactAttribute() => Skip = PtxCompiler.NotAvailable!;
}
