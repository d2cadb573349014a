namespace NanoBragg.Tool.Baselines;

/// <summary>Where the code that a baseline was taken from is kept.</summary>
internal enum KeepBase
{
    /// <summary>In the cache folder of this machine.</summary>
    Cache,

    /// <summary>In one file beside the baseline, to be committed.</summary>
    Beside,

    /// <summary>Nowhere.</summary>
    None,
}
