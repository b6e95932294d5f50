namespace SmsCampaign.Tests.Fuzz;

/// <summary>Something that reads what others write.</summary>
interface IFuzzTarget : IDisposable
{
    /// <summary>Reads one broken input.</summary>
    /// <returns>Whether it was taken all the same.</returns>
    /// <exception cref="Exception">It broke what reads it: a crash, or a promise not kept.</exception>
    bool Try(int number);
}

/// <summary>A promise not kept on an input.</summary>
sealed class BrokenPromiseException(string what) : Exception(what);
