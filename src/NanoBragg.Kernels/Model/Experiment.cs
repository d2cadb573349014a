namespace NanoBragg.Kernels.Model;

/// <summary>Everything that decides a diffraction picture, in SI units.</summary>
/// <param name="Crystal">What diffracts.</param>
/// <param name="Detector">What records, and how it stands.</param>
/// <param name="Beam">What shines.</param>
/// <param name="Sampling">How finely it is computed.</param>
public sealed record Experiment(Crystal Crystal, Detector Detector, Beam Beam, Sampling Sampling);
