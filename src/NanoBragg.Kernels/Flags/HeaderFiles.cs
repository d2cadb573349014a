using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Flags;

/// <summary>
/// The files of <c>-mask</c> and <c>-img</c>, whose headers place the detector. They are read before any flag, the mask first, wherever they stand on the
/// command line (physics.md sections 3 and 6.4).
/// </summary>
internal static class HeaderFiles
{
    /// <summary>Reads what is given.</summary>
    /// <param name="parsed">What the headers fill in.</param>
    /// <param name="words">The command line.</param>
    /// <param name="workingDirectory">Where relative file names start.</param>
    /// <exception cref="ExperimentException">
    /// A file cannot be read. The reference program would go on without it, and draw another picture than the one asked for.
    /// </exception>
    public static void Read(ParsedFlags parsed, string[] words, string workingDirectory)
    {
        if (LastAfter("-mask", words) is { } maskFile)
        {
            var mask = SmvImage.Read(Path.Combine(workingDirectory, maskFile));
            parsed.Detector = parsed.Detector with { Mask = mask.ToMask() };
            Fill(parsed, SmvGeometry.OfMask(mask.Header, parsed.Detector.PixelSizeMetres));
        }

        if (LastAfter("-img", words) is { } imageFile)
        {
            Fill(parsed, SmvGeometry.OfImage(SmvHeader.Read(Path.Combine(workingDirectory, imageFile))));
        }
    }

    private static string? LastAfter(string spelling, string[] words)
    {
        // As with every flag, one that nothing follows does not count.
        var place = Array.FindLastIndex(words[..^Math.Min(words.Length, 1)], w => w.StartsWith('-') && w.Contains(spelling, StringComparison.Ordinal));
        return place < 0 ? null : words[place + 1];
    }

    private static void Fill(ParsedFlags parsed, SmvGeometry header)
    {
        (parsed.FastPixels, parsed.SlowPixels) = (header.FastPixels, header.SlowPixels);
        var detector = parsed.Detector;
        var pixel = header.PixelSizeMetres ?? detector.PixelSizeMetres;
        parsed.Detector = detector with
        {
            PixelSizeMetres = pixel,
            FastSizeMetres = pixel * header.FastPixels,
            SlowSizeMetres = pixel * header.SlowPixels,
            DistanceMetres = header.DistanceMetres ?? detector.DistanceMetres,
            CloseDistanceMetres = header.CloseDistanceMetres ?? detector.CloseDistanceMetres,
            BeamCentreXMetres = header.BeamCentreXMetres ?? detector.BeamCentreXMetres,
            BeamCentreYMetres = header.BeamCentreYMetres ?? detector.BeamCentreYMetres,
            OriginXPixels = header.OriginXPixels ?? detector.OriginXPixels,
            OriginYPixels = header.OriginYPixels ?? detector.OriginYPixels,
        };
        parsed.Beam = parsed.Beam with { WavelengthMetres = header.WavelengthMetres ?? parsed.Beam.WavelengthMetres };
        parsed.Crystal = parsed.Crystal with
        {
            PhiStartRadians = header.PhiStartRadians ?? parsed.Crystal.PhiStartRadians,
            OscillationRadians = header.OscillationRadians ?? parsed.Crystal.OscillationRadians,
        };
    }
}
