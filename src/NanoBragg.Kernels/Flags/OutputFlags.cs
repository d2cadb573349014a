using NanoBragg.Kernels.Imaging;
using static NanoBragg.Kernels.CLibrary.CNumber;

namespace NanoBragg.Kernels.Flags;

/// <summary>Flags of the images that are written.</summary>
internal static class OutputFlags
{
    /// <summary>Gets the tests.</summary>
    public static Flag[] All { get; } =
    [
        Output(["-floatfile", "-floatimage"], (r, word) => r with { FloatFile = word }),
        Output(["-intfile", "-intimage"], (r, word) => r with { IntegerFile = word }),
        Output(["-pgmfile", "-pgmimage"], (r, word) => r with { PgmFile = word }),
        Output(["-noisefile", "-noiseimage"], (r, word) => r with { NoiseFile = word, WritesNoise = true }),
        Output(["-scale"], (r, word) => r with { IntegerScale = ToDouble(word) }),
        Output(["-pgmscale"], (r, word) => r with { PgmScale = ToDouble(word) }),
        Output(["-adc"], (r, word) => r with { Offset = ToDouble(word) }),
        Output(["-seed"], (r, word) => r with { NoiseSeed = ToInt32(word) }),
        new("-nopgm", 0, (p, _) => p.Images = p.Images with { WritesPgm = false }),
        new("-nonoise", 0, (p, _) => p.Images = p.Images with { WritesNoise = false }),
        new("-printout", 0, (p, _) => p.PrintsPixels = true),
        new("-printout_pixel", 2, (p, v) => p.PrintedPixels = new(ToInt32(v[0]), ToInt32(v[1]))),
        new("-progress", 0, (p, _) => p.Images = p.Images with { ShowsProgress = true }),
        new("-noprogress", 0, (p, _) => p.Images = p.Images with { ShowsProgress = false }),
    ];

    private static Flag Output(string[] spellings, Func<RequestedImages, string, RequestedImages> change) =>
        new(spellings, 1, (p, v) => p.Images = change(p.Images, v[0]));
}
