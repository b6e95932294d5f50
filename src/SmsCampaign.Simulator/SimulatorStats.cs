namespace SmsCampaign.Simulator;

/// <summary>What a stand-in network saw: the proof from the other side.</summary>
/// <param name="DistinctPhones">Phones that got at least one message, over all carriers.</param>
/// <param name="PhonesWithMoreThanOne">Phones that got a message more than once, whichever the carriers.</param>
public sealed record SimulatorStats(IReadOnlyList<CarrierStats> Carriers, int DistinctPhones, int PhonesWithMoreThanOne)
{
    public CarrierStats Of(string carrier) => Carriers.First(each => each.Name == carrier);
}

/// <summary>Requests, messages and parts count whatever came in, taken or not.</summary>
public sealed record CarrierStats
{
    public required string Name { get; init; }
    public required long Requests { get; init; }
    public required long Messages { get; init; }
    public required long Parts { get; init; }

    /// <summary>Messages sent on to phones.</summary>
    public required long Taken { get; init; }

    /// <summary>Messages refused for good.</summary>
    public required long Refused { get; init; }

    /// <summary>Messages of calls answered 429.</summary>
    public required long Throttled { get; init; }

    /// <summary>Messages of calls answered 503.</summary>
    public required long Busy { get; init; }

    /// <summary>Calls whose connection was reset after the messages were taken.</summary>
    public required long Resets { get; init; }

    /// <summary>Calls that were never answered though the messages were taken.</summary>
    public required long Unanswered { get; init; }

    /// <summary>References asked about.</summary>
    public required long Inquired { get; init; }

    /// <summary>Messages not sent again because their reference was known.</summary>
    public required long RepeatsDropped { get; init; }

    /// <summary>Messages whose sender counted other parts than 160/153 and 70/67 give. No fault in itself: some
    /// carriers count by tables of their own.</summary>
    public required long PartsCountedOtherwise { get; init; }
    public required int DistinctPhones { get; init; }
    public required int PhonesWithMoreThanOne { get; init; }

    /// <summary>Most in any sliding second, by arrival.</summary>
    public required int MostRequestsInASecond { get; init; }
    public required int MostMessagesInASecond { get; init; }
    public required int MostPartsInASecond { get; init; }
    public required long ReceiptsSent { get; init; }
    public required long ReceiptsWaiting { get; init; }

    /// <summary>Receipts nobody took after the last attempt.</summary>
    public required long ReceiptsGivenUp { get; init; }

    /// <summary>Null where nobody need log in. Logins are among <see cref="Requests"/>.</summary>
    public SessionStats? Sessions { get; init; }
}

/// <param name="Phone">All digits: stand-in traffic holds only synthetic numbers.</param>
/// <param name="References">One a message that was taken.</param>
public sealed record PhoneStats(string Phone, int Count, IReadOnlyList<string> References);
