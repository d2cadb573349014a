using System.Text;
using System.Text.Json.Nodes;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Tests;

/// <summary>The dumps of the goldens: generated reflections as the reference program leaves them for its next run (physics.md section 11).</summary>
internal static class GeneratedDump
{
    /// <summary>The dump that a golden's parameters ask for.</summary>
    public static byte[] Of(JsonNode parameters, double missing)
    {
        using var list = new MemoryStream(Encoding.UTF8.GetBytes(GeneratedReflections.Text(parameters)));
        using var dump = new MemoryStream();
        DumpFile.Write(dump, HklFile.Read(list, "generated", (double?)parameters["default_F"] ?? missing, long.MaxValue));
        return dump.ToArray();
    }
}
