namespace NanoBragg.Kernels.Imaging;

/// <summary>The images that a command line asks for, by default all four, under the reference program's names.</summary>
public sealed record RequestedImages
{
    /// <summary>Gets the float image (<c>-floatfile</c>), which is always written.</summary>
    public string FloatFile { get; init; } = "floatimage.bin";

    /// <summary>Gets the noiseless 16-bit image (<c>-intfile</c>), which is always written.</summary>
    public string IntegerFile { get; init; } = "intimage.img";

    /// <summary>Gets the 8-bit picture (<c>-pgmfile</c>).</summary>
    public string PgmFile { get; init; } = "image.pgm";

    /// <summary>Gets the 16-bit image with counting noise (<c>-noisefile</c>).</summary>
    public string NoiseFile { get; init; } = "noiseimage.img";

    /// <summary>Gets whether the 8-bit picture is written.</summary>
    public bool WritesPgm { get; init; } = true;

    /// <summary>Gets whether the image with noise is written.</summary>
    public bool WritesNoise { get; init; } = true;

    /// <summary>Gets the counts per photon of the 16-bit image (<c>-scale</c>); 0 or less lets the picture decide.</summary>
    public double IntegerScale { get; init; }

    /// <summary>Gets the grey levels per photon of the 8-bit picture (<c>-pgmscale</c>); 0 or less lets the picture decide.</summary>
    public double PgmScale { get; init; }

    /// <summary>Gets the counts of a pixel without photons (<c>-adc</c>).</summary>
    public double Offset { get; init; } = 40.0;

    /// <summary>Gets the seed of the noise (<c>-seed</c>), by default the time, as in the reference program.</summary>
    public int NoiseSeed { get; init; } = unchecked((int)DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    /// <summary>Gets whether progress may be shown (<c>-noprogress</c> says no).</summary>
    public bool ShowsProgress { get; init; } = true;

    /// <summary>Gets the files to be written, in the reference program's order.</summary>
    public IReadOnlyList<string> Files =>
        [FloatFile, IntegerFile, .. WritesPgm ? (ReadOnlySpan<string>)[PgmFile] : [], .. WritesNoise ? (ReadOnlySpan<string>)[NoiseFile] : []];
}
