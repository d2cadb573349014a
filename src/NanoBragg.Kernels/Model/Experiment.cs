namespace NanoBragg.Kernels.Model;

/// <summary>Everything that decides a diffraction picture, in SI units.</summary>
/// <param name="Crystal">What diffracts.</param>
/// <param name="Detector">What records, and how it stands.</param>
/// <param name="Beam">What shines.</param>
/// <param name="Sampling">How finely it is computed.</param>
public sealed record Experiment(Crystal Crystal, Detector Detector, Beam Beam, Sampling Sampling)
{
    /// <summary>An experiment that is sampled as the reference program's rules have it.</summary>
    /// <param name="crystal">What diffracts.</param>
    /// <param name="detector">What records, and how it stands.</param>
    /// <param name="beam">What shines.</param>
    public Experiment(Crystal crystal, Detector detector, Beam beam)
        : this(crystal, detector, beam, new())
    {
    }
}
