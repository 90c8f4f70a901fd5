//! Rates of assets against LOOM at genesis: a genesis config for `pallet-asset-rate`, which has none of its own.
//!
//! Without it a new chain would take fees and deposits in LOOM only until the council's first motion. The rates are
//! `pallet-asset-rate`'s from then on; this pallet has neither storage nor calls.

pub use pallet::*;

/// The pallet.
#[frame_support::pallet]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::{DefaultNoBound, pallet_prelude::*};
	use pallet_asset_rate::ConversionRateToNative;
	use sp_runtime::{FixedU128, traits::MaybeSerializeDeserialize};

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The pallet's configuration: it writes the storage of `pallet-asset-rate`.
	#[pallet::config]
	pub trait Config:
		frame_system::Config + pallet_asset_rate::Config<AssetKind: MaybeSerializeDeserialize>
	{
	}

	/// The rates.
	#[pallet::genesis_config]
	#[derive(DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// An asset and how many of LOOM's smallest parts one of its smallest parts is worth. In JSON the fixed-point
		/// number is text: the rate × 10^18.
		pub rates: Vec<(T::AssetKind, FixedU128)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (asset, rate) in &self.rates {
				assert!(*rate > FixedU128::default(), "a rate of zero converts nothing");
				ConversionRateToNative::<T>::insert(asset, rate);
			}
		}
	}
}
