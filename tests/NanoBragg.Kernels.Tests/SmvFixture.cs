using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace NanoBragg.Kernels.Tests;

/// <summary>Makes the SMV files that goldens ask for (kind <c>smv</c>): a chequered mask under a header of 512 bytes.</summary>
internal static class SmvFixture
{
    public static byte[] Make(JsonNode file)
    {
        var (fast, slow) = ((int)file["size"]![0]!, (int)file["size"]![1]!);
        var (block, every) = ((int?)file["block"] ?? 8, (int?)file["mod"] ?? 3);
        var lines = string.Concat(file["header"]?.AsArray().Select(line => (string)line! + "\n") ?? []);
        var header = $"{{\nHEADER_BYTES=512;\nDIM=2;\nBYTE_ORDER=little_endian;\nTYPE=unsigned_short;\nSIZE1={fast};\nSIZE2={slow};\n{lines}}}\f";
        var bytes = new byte[512 + sizeof(ushort) * fast * slow];
        Encoding.ASCII.GetBytes(header.PadRight(512)).CopyTo(bytes, 0);
        for (var i = 0; i < fast * slow; i++)
        {
            var skipped = (i % fast / block + i / fast / block) % every == 0;
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(512 + sizeof(ushort) * i), skipped ? (ushort)0 : (ushort)1);
        }

        return bytes;
    }
}
